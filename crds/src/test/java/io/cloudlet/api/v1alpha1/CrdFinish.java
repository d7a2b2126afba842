package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.SelectableField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What the generator cannot be told by annotations. */
final class CrdFinish {
  /**
   * The property by which the entries of a list are told apart. With it, each writer owns its own
   * entries in a server-side apply, and an entry that is there twice is refused.
   */
  static final Map<String, String> LIST_KEYS =
      Map.of(
          "addresses", "guest",
          "bases", "digest",
          "conditions", "type",
          "images", "id",
          "nodes", "name",
          "ports", "guest");

  /** The field by which an agent has the API server choose what it watches. */
  private static final String NODE = "node";

  private static final Set<String> INSTANTS = Set.of("created", "lastTransitionTime");

  private final Class<?> kind;

  CrdFinish(Class<?> kind) {
    this.kind = kind;
  }

  CustomResourceDefinition apply(CustomResourceDefinition crd) {
    for (CustomResourceDefinitionVersion version : crd.getSpec().getVersions()) {
      version.setAdditionalPrinterColumns(inOrder(version.getAdditionalPrinterColumns()));
      JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
      root.setDescription(kind.getAnnotation(JsonClassDescription.class).value());
      describe(root, "spec", "What is wanted.");
      describe(root, "status", "What has been found; operator and agents write it.");
      if (kind.equals(CloudletNode.class)) {
        // Its writers own fields one by one: when the last of them goes, an empty object stays.
        property(root, "spec").setDefault(JsonNodeFactory.instance.objectNode());
      } else {
        root.setRequired(List.of("spec"));
      }
      finish(root);
      if (property(root, "status").getProperties().containsKey(NODE)) {
        version.setSelectableFields(List.of(new SelectableField(".status." + NODE)));
      }
    }
    return crd;
  }

  private static void describe(JSONSchemaProps root, String name, String text) {
    property(root, name).setDescription(text);
  }

  private static JSONSchemaProps property(JSONSchemaProps root, String name) {
    return Objects.requireNonNull(root.getProperties().get(name), name);
  }

  /** The generator sorts columns by path; people read them in the order of the annotations. */
  private List<CustomResourceColumnDefinition> inOrder(
      List<CustomResourceColumnDefinition> columns) {
    List<String> names =
        Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    List<CustomResourceColumnDefinition> sorted = new ArrayList<>(columns);
    sorted.sort(Comparator.comparingInt(column -> names.indexOf(column.getName())));
    return sorted;
  }

  private static void finish(JSONSchemaProps schema) {
    // A rule on a record's component is on its field and its accessor: the generator finds both.
    schema.setXKubernetesValidations(
        schema.getXKubernetesValidations().stream().distinct().toList());
    if (schema.getProperties() == null) {
      return;
    }
    schema
        .getProperties()
        .forEach((name, property) -> {
          if ("array".equals(property.getType())) {
            finishList(name, property);
          }
          if (INSTANTS.contains(name)) {
            property.setFormat("date-time");
          }
          finish(property);
        });
  }

  private static void finishList(String name, JSONSchemaProps list) {
    JSONSchemaProps items = list.getItems().getSchema();
    if ("object".equals(items.getType())) {
      list.setXKubernetesListType("map");
      list.setXKubernetesListMapKeys(List.of(Objects.requireNonNull(LIST_KEYS.get(name), name)));
      finish(items);
    } else {
      // One writer has all of it, and its order may tell something.
      list.setXKubernetesListType("atomic");
    }
  }
}
