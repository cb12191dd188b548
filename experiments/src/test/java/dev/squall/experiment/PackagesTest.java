// SPDX-License-Identifier: Apache-2.0
package dev.squall.experiment;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The arrows inside the language: target ← fault ← experiment ← experiment.file.
@AnalyzeClasses(packages = "dev.squall", importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices().matching("dev.squall.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule TARGETS_KNOW_NO_FAULTS =
      noClasses()
          .that()
          .resideInAPackage("dev.squall.target")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.squall.fault", "dev.squall.experiment..");

  @ArchTest
  static final ArchRule ONLY_FILES_KNOW_YAML_AND_JSON =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.squall.experiment.file")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml..", "org.yaml..");

  @ArchTest
  static final ArchRule NOTHING_IS_NATIVE_OR_LOGGED =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.lang.foreign..", "java.util.logging..", "org.slf4j..");

  @ArchTest static final ArchRule NO_STATIC_STATE = fields().that().areStatic().should().beFinal();
}
