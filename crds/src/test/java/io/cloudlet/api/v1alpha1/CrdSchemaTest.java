package io.cloudlet.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.SelectableField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every field of the API. */
class CrdSchemaTest {
  private static final List<Field> FIELDS =
      CrdGeneration.definitions().stream().flatMap(CrdSchemaTest::fields).toList();

  private record Field(String path, JSONSchemaProps schema) {
    @Override
    public String toString() {
      return path;
    }
  }

  @Test
  void everyFieldIsDescribedByASentence() {
    assertThat(FIELDS)
        .allSatisfy(
            field -> assertThat(field.schema.getDescription()).as(field.path).endsWith("."));
  }

  /** The API server bounds the cost of rules by these. */
  @Test
  void everyTextListAndMapIsBounded() {
    assertThat(FIELDS)
        .allSatisfy(field -> {
          switch (field.schema.getType() == null ? "quantity" : field.schema.getType()) {
            case "string" ->
                assertThat(bounded(field.schema)).as(field.path + " needs @Size").isTrue();
            case "array" ->
                assertThat(field.schema.getMaxItems()).as(field.path + " @Size").isNotNull();
            case "object" ->
                assertThat(field.schema.getProperties() == null ? maxProperties(field) : 0L)
                    .as(field.path + " @Size")
                    .isNotNull();
            default -> assertThat(field.path).isNotEmpty();
          }
        });
  }

  @Test
  void everyRuleSaysWhatIsWrong() {
    assertThat(FIELDS)
        .flatMap(field -> field.schema.getXKubernetesValidations())
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rule.getMessage()).as(rule.getRule()).isNotBlank());
  }

  @Test
  void everyStatusHasConditionsAndTheGenerationThatItIsAbout() {
    assertThat(FIELDS)
        .filteredOn(field -> field.path.matches("[A-Za-z]+[.]status"))
        .hasSameSizeAs(CrdGeneration.KINDS)
        .allSatisfy(field ->
            assertThat(field.schema.getProperties())
                .containsKeys("conditions", "observedGeneration"));
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void statusIsASubresourceAndAgeTheLastColumn(CustomResourceDefinition crd) {
    boolean isNode = crd.getSpec().getNames().getKind().equals("CloudletNode");
    assertThat(crd.getSpec().getScope()).isEqualTo(isNode ? "Cluster" : "Namespaced");
    assertThat(crd.getSpec().getVersions())
        .singleElement()
        .satisfies(version -> {
          assertThat(version.getName()).isEqualTo("v1alpha1");
          assertThat(version.getSubresources().getStatus()).isNotNull();
          assertThat(version.getAdditionalPrinterColumns().getFirst().getName())
              .isEqualTo(isNode ? "Ready" : "Phase");
          assertThat(version.getAdditionalPrinterColumns().getLast().getName()).isEqualTo("Age");
        });
  }

  /** Otherwise each agent would be sent the objects of all nodes. */
  @ParameterizedTest
  @MethodSource("definitions")
  void whatIsPlacedOnANodeCanBeSelectedByIt(CustomResourceDefinition crd) {
    boolean isNode = crd.getSpec().getNames().getKind().equals("CloudletNode");
    assertThat(crd.getSpec().getVersions().getFirst().getSelectableFields())
        .extracting(SelectableField::getJsonPath)
        .isEqualTo(isNode ? List.of() : List.of(".status.node"));
  }

  private static List<CustomResourceDefinition> definitions() {
    return CrdGeneration.definitions();
  }

  private static Object maxProperties(Field field) {
    return field.schema.getMaxProperties();
  }

  private static boolean bounded(JSONSchemaProps text) {
    return text.getMaxLength() != null
        || "date-time".equals(text.getFormat())
        || !text.getEnum().isEmpty();
  }

  private static Stream<Field> fields(CustomResourceDefinition crd) {
    List<Field> found = new ArrayList<>();
    for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
      String kind = crd.getSpec().getNames().getKind();
      collect(new Field(kind, version.getSchema().getOpenAPIV3Schema()), found);
    }
    return found.stream();
  }

  private static void collect(Field field, List<Field> found) {
    found.add(field);
    JSONSchemaProps schema = field.schema;
    if ("array".equals(schema.getType())) {
      schema = schema.getItems().getSchema();
    }
    Map<String, JSONSchemaProps> properties = schema.getProperties();
    if (properties != null) {
      properties.forEach(
          (name, property) -> collect(new Field(field.path + "." + name, property), found));
    }
  }
}
