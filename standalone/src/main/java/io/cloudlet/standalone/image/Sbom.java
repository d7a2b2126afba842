package io.cloudlet.standalone.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A bill of materials: CycloneDX 1.6 in JSON, the same for the same components. */
final class Sbom {
  private Sbom() {}

  /** The whole document, which ends with a line feed. */
  static String of(String image, Provenance provenance, List<Component> components)
      throws JsonProcessingException {
    Map<String, Object> subject = new LinkedHashMap<>();
    subject.put("type", "container");
    subject.put("name", image);
    subject.put("version", provenance.version());
    subject.put("licenses", List.of(Map.of("license", Map.of("id", "Apache-2.0"))));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("timestamp", provenance.time().toString());
    metadata.put("component", subject);
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("bomFormat", "CycloneDX");
    document.put("specVersion", "1.6");
    document.put("version", 1);
    document.put("metadata", metadata);
    document.put(
        "components",
        components.stream()
            .sorted(Comparator.comparing(Component::name).thenComparing(Component::version))
            .map(Sbom::json)
            .toList());
    return JsonMapper.builder()
            .build()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(document)
        + "\n";
  }

  private static Map<String, Object> json(Component component) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", component.type());
    component.purl().ifPresent(purl -> json.put("bom-ref", purl));
    component.group().ifPresent(group -> json.put("group", group));
    json.put("name", component.name());
    json.put("version", component.version());
    component.sha256().ifPresent(hex -> json.put("hashes", List.of(sha256(hex))));
    component.purl().ifPresent(purl -> json.put("purl", purl));
    return json;
  }

  /** The order of Map.of differs from run to run. */
  private static Map<String, String> sha256(String hex) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("alg", "SHA-256");
    json.put("content", hex);
    return json;
  }
}
