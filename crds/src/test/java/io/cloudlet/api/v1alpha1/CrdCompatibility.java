package io.cloudlet.api.v1alpha1;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what a definition refuses or forgets that a released one took and kept. */
final class CrdCompatibility {
  private final List<String> breaks = new ArrayList<>();

  private CrdCompatibility() {}

  /** One sentence for each break; empty when every object of the released one is still fine. */
  static List<String> breaks(CustomResourceDefinition released, CustomResourceDefinition current) {
    CrdCompatibility found = new CrdCompatibility();
    Map<String, JSONSchemaProps> schemas =
        current.getSpec().getVersions().stream()
            .collect(
                Collectors.toMap(
                    CustomResourceDefinitionVersion::getName,
                    version -> version.getSchema().getOpenAPIV3Schema()));
    for (CustomResourceDefinitionVersion version : released.getSpec().getVersions()) {
      JSONSchemaProps schema = schemas.get(version.getName());
      if (schema == null) {
        found.breaks.add("version " + version.getName() + " is gone");
      } else {
        found.compare(
            released.getSpec().getNames().getKind(),
            version.getSchema().getOpenAPIV3Schema(),
            schema);
      }
    }
    return found.breaks;
  }

  private void compare(String path, JSONSchemaProps released, JSONSchemaProps current) {
    if (!Objects.equals(released.getType(), current.getType())) {
      breaks.add(path + " was " + released.getType() + " and is " + current.getType());
      return;
    }
    if (!Objects.equals(
        released.getXKubernetesListMapKeys(), current.getXKubernetesListMapKeys())) {
      breaks.add(path + " has other list keys");
    }
    compareBounds(path, released, current);
    added(released.getRequired(), current.getRequired())
        .forEach(name -> breaks.add(path + "." + name + " is required now"));
    added(rules(released), rules(current))
        .forEach(rule -> breaks.add(path + " has a new rule: " + rule));
    added(current.getEnum(), released.getEnum())
        .forEach(value -> breaks.add(path + " no longer takes " + value));
    if (released.getItems() != null && current.getItems() != null) {
      compare(path + "[]", released.getItems().getSchema(), current.getItems().getSchema());
    }
    if (released.getProperties() != null) {
      compareProperties(path, released.getProperties(), current.getProperties());
    }
  }

  private void compareProperties(
      String path,
      Map<String, JSONSchemaProps> released,
      @Nullable Map<String, JSONSchemaProps> current) {
    released.forEach((name, schema) -> {
      JSONSchemaProps now = current == null ? null : current.get(name);
      if (now == null) {
        breaks.add(path + "." + name + " is gone");
      } else {
        compare(path + "." + name, schema, now);
      }
    });
  }

  private void compareBounds(String path, JSONSchemaProps released, JSONSchemaProps current) {
    upper(path + " maximum", released.getMaximum(), current.getMaximum());
    upper(path + " maxLength", released.getMaxLength(), current.getMaxLength());
    upper(path + " maxItems", released.getMaxItems(), current.getMaxItems());
    upper(path + " maxProperties", released.getMaxProperties(), current.getMaxProperties());
    lower(path + " minimum", released.getMinimum(), current.getMinimum());
    lower(path + " minLength", released.getMinLength(), current.getMinLength());
    lower(path + " minItems", released.getMinItems(), current.getMinItems());
    if (current.getPattern() != null
        && !Objects.equals(released.getPattern(), current.getPattern())) {
      breaks.add(path + " has another pattern");
    }
  }

  private void upper(String what, @Nullable Number released, @Nullable Number current) {
    if (current != null && (released == null || current.doubleValue() < released.doubleValue())) {
      breaks.add(what + " was " + released + " and is " + current);
    }
  }

  private void lower(String what, @Nullable Number released, @Nullable Number current) {
    if (current != null
        && current.doubleValue() > (released == null ? 0 : released.doubleValue())) {
      breaks.add(what + " was " + released + " and is " + current);
    }
  }

  private static List<String> rules(JSONSchemaProps schema) {
    return schema.getXKubernetesValidations().stream().map(ValidationRule::getRule).toList();
  }

  private static Set<String> added(List<?> before, List<?> after) {
    Set<String> added = new TreeSet<>(texts(after));
    added.removeAll(texts(before));
    return added;
  }

  private static List<String> texts(@Nullable List<?> values) {
    return values == null ? List.of() : values.stream().map(String::valueOf).toList();
  }
}
