package io.cloudlet.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import org.junit.jupiter.api.Test;

/** What knows what: the view of the cluster first, then decisions, then the controllers. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.cloudlet.operator");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.cloudlet.operator.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void knowsNothingOfAgentsAndTheirProgram() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.cloudlet.sidecar..", "io.cloudlet.standalone..")
        .check(CLASSES);
  }

  @Test
  void placementDecidesWithoutAskingTheServer() {
    noClasses()
        .that()
        .resideInAPackage("io.cloudlet.operator.placement")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..")
        .check(CLASSES);
  }

  @Test
  void reconcilersRememberNothing() {
    fields()
        .that()
        .areDeclaredInClassesThat()
        .areAssignableTo(Reconciler.class)
        .should()
        .beFinal()
        .check(CLASSES);
  }
}
