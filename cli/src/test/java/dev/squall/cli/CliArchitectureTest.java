// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.squall.cli", importOptions = DoNotIncludeTests.class)
class CliArchitectureTest {
  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.squall.(cli.*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyTheConsoleWritesToTheTerminal =
      noClasses()
          .that()
          .doNotHaveSimpleName("Console")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule onlyMainExits =
      noClasses()
          .that()
          .doNotHaveSimpleName("Main")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule onlyTheEngineKnowsTheKernelSide =
      noClasses()
          .that()
          .haveSimpleNameNotStartingWith("Bpf")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.squall.bpf.."));

  @ArchTest
  static final ArchRule yamlIsReadOnlyForVerbsThatTakeFiles =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.squall.cli.command")
          .and()
          .doNotHaveSimpleName("Failure")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.squall.experiment.file.."));

  @ArchTest
  static final ArchRule onlyOnePackageKnowsTheClientOfAClusterAndTheOperator =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.squall.cli.cluster")
          .should()
          .dependOnClassesThat(resideInAnyPackage("io.fabric8..", "dev.squall.operator.."));
}
