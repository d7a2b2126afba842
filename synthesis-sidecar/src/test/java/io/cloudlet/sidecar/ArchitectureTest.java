package io.cloudlet.sidecar;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which package may know which: the engine first, the machine around it, the commands last. */
class ArchitectureTest {
  private static final String ROOT = "io.cloudlet.sidecar.";

  /** For each package of the engine, the other packages of this program that it may know. */
  private static final Map<String, Set<String>> ENGINE =
      Map.ofEntries(
          Map.entry("image", Set.of()),
          Map.entry("machine", Set.of("image")),
          Map.entry("store", Set.of("image")),
          Map.entry("base", Set.of("image", "machine")),
          Map.entry("qemu", Set.of("image", "machine")),
          Map.entry("kubelet", Set.of("image")),
          Map.entry("pod", Set.of("image", "machine", "qemu", "kubelet")),
          Map.entry("overlay", Set.of("image", "machine", "store", "base")),
          Map.entry("codec", Set.of("image", "base", "overlay")),
          Map.entry("delta", Set.of("image", "machine", "qemu", "base", "overlay", "codec")),
          Map.entry(
              "synthesis",
              Set.of("image", "machine", "store", "qemu", "base", "overlay", "codec", "delta")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.cloudlet.sidecar");

  private static Stream<String> enginePackages() {
    return ENGINE.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("enginePackages")
  void engineKnowsOnlyWhatLiesBelow(String name) {
    Stream<String> allowed = Stream.concat(Stream.of(name), ENGINE.get(name).stream());
    DescribedPredicate<JavaClass> elsewhere =
        resideInAPackage("io.cloudlet.sidecar..")
            .and(not(allowed.map(ArchitectureTest::packageOf).toList()));
    noClasses()
        .that()
        .resideInAPackage(packageOf(name))
        .should()
        .dependOnClassesThat(elsewhere)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void engineKnowsNeitherKubernetesNorTheCommandLine() {
    noClasses()
        .that()
        .resideInAnyPackage(
            enginePackages().map(ArchitectureTest::packageOf).toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.cloudlet.api..",
            "io.fabric8..",
            "io.javaoperatorsdk..",
            "io.kubernetes..",
            "picocli..")
        .check(CLASSES);
  }

  /** The node agent's controllers stand on these, which do without them and without Kubernetes. */
  @Test
  void whatServesAndFetchesKnowsNoKubernetes() {
    noClasses()
        .that()
        .resideInAnyPackage(packageOf("agent.http"), packageOf("agent.cache"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "io.cloudlet.api..", "io.fabric8..", "io.javaoperatorsdk..", "io.kubernetes..")
                .or(
                    resideInAPackage(packageOf("agent"))
                        .and(not(List.of(packageOf("agent.http"), packageOf("agent.cache"))))))
        .check(CLASSES);
  }

  @Test
  void whatServesKnowsNothingOfTheCache() {
    noClasses()
        .that()
        .resideInAPackage(packageOf("agent.http"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packageOf("agent.cache"))
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineKnowsPicocli() {
    noClasses()
        .that()
        .resideOutsideOfPackage(packageOf("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CLASSES);
  }

  @Test
  void nothingKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(packageOf("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packageOf("cli"))
        .check(CLASSES);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nothingUsesUnsafe() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("sun.misc..", "jdk.internal..")
        .check(CLASSES);
  }

  @Test
  void everyPackageSaysWhatMayBeNull() {
    assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
        .allSatisfy(p -> assertThat(p.isAnnotatedWith(NullMarked.class)).as(p.getName()).isTrue());
  }

  private static String packageOf(String name) {
    return ROOT + name + "..";
  }

  private static DescribedPredicate<JavaClass> not(List<String> packages) {
    return DescribedPredicate.not(resideInAnyPackage(packages.toArray(String[]::new)));
  }
}
