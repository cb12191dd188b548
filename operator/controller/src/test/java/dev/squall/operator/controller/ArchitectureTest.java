// SPDX-License-Identifier: Apache-2.0
package dev.squall.operator.controller;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.ObjectInputStream;
import java.time.Clock;

/// The controller decides without a client, and has nothing native.
@AnalyzeClasses(
    packages = "dev.squall.operator.controller",
    importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.squall.operator.controller.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule DECISIONS_ASK_NO_CLUSTER_AND_NO_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(
              "..controller.select..", "..controller.policy..", "..controller.plan..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.fabric8.kubernetes.client.dsl..", "io.javaoperatorsdk..", "org.slf4j..")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule NOTHING_STARTS_A_PROCESS_OR_READS_JAVA_OBJECTS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class)
          .orShould()
          .callMethod(Runtime.class, "exec", String.class)
          .orShould()
          .callMethod(Runtime.class, "exec", String[].class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(ObjectInputStream.class);

  @ArchTest
  static final ArchRule NOTHING_IS_NATIVE =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("java.lang.foreign..");
}
