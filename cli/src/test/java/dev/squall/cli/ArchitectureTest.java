// SPDX-License-Identifier: Apache-2.0
package dev.squall.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/// What the picture of the modules promises, held against the classes of all of them.
@AnalyzeClasses(
    packages = "dev.squall",
    importOptions = {DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
final class ArchitectureTest {
  /// The fakes that modules lend each other come in jars.
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String[] LANGUAGE = {
    "dev.squall.target..", "dev.squall.fault..", "dev.squall.experiment.."
  };
  private static final String KERNEL_SIDE = "dev.squall.bpf..";
  private static final String COMMAND_LINE = "dev.squall.cli..";
  private static final String OPERATOR = "dev.squall.operator..";

  @ArchTest
  static final ArchRule languageKnowsNobody =
      noClasses()
          .that()
          .resideInAnyPackage(LANGUAGE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(KERNEL_SIDE, COMMAND_LINE, OPERATOR);

  @ArchTest
  static final ArchRule kernelSideDoesNotKnowTheCommandLine =
      noClasses()
          .that()
          .resideInAPackage(KERNEL_SIDE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(COMMAND_LINE, OPERATOR);

  @ArchTest
  static final ArchRule operatorsApiKnowsOnlyTheLanguage =
      noClasses()
          .that()
          .resideInAPackage(OPERATOR)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(COMMAND_LINE, KERNEL_SIDE);

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.squall.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyPackageIsNullMarked = classes().should(resideInANullMarkedPackage());

  @ArchTest
  static final ArchRule nativeMemoryStaysBehindItsFence =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.squall.bpf.abi", "dev.squall.bpf.libbpf", "dev.squall.bpf.linux")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.foreign");

  @ArchTest
  static final ArchRule optionsAreParsedOnlyOnTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage(COMMAND_LINE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule jacksonIsForFilesResourcesAndOutput =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.squall.experiment.file", COMMAND_LINE, OPERATOR)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml..");

  @ArchTest
  static final ArchRule onlyTheConsoleWrites = noClasses().should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule onlyMainEndsTheProcess =
      noClasses()
          .that()
          .areNotAssignableTo(Main.class)
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule onlyTheDemoStartsAProcess =
      noClasses()
          .that()
          .doNotHaveSimpleName("BpfDemoNetwork")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(ProcessBuilder.class);

  @ArchTest static final ArchRule nothingIsLogged = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  @ArchTest
  static final ArchRule exceptionsAreSpecific = NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

  @ArchTest static final ArchRule nobodySleeps = noClasses().should().callMethodWhere(isSleep());

  @ArchTest
  static final ArchRule namesSayWhatATypeIs =
      noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl)");

  private static DescribedPredicate<JavaCall<?>> isSleep() {
    return describe(
        "the call is Thread.sleep",
        call ->
            call.getTargetOwner().isEquivalentTo(Thread.class) && call.getName().equals("sleep"));
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(type, marked, type.getPackageName()));
      }
    };
  }
}
