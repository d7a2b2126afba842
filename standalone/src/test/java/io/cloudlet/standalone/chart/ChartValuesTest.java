package io.cloudlet.standalone.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values the chart takes. */
class ChartValuesTest {
  @TempDir private Path scratch;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          replicas: 2                                    | replicas
          operator: {replicas: two}                      | /operator/replicas
          operator: {replicas: -1}                       | /operator/replicas
          operator: {threads: 0}                         | /operator/threads
          operator: {replica: 2}                         | 'replica'
          operator: {image: {pullPolicy: Sometimes}}     | /operator/image/pullPolicy
          operator: {image: {digest: sha256:12}}         | /operator/image/digest
          operator: {resources: {limits: {memory: much}}} | /operator/resources/limits/memory
          agent: {enabled: perhaps}                      | /agent/enabled
          agent: {cacheLimit: 20 GB}                     | /agent/cacheLimit
          agent: {guestMemory: lots}                     | /agent/guestMemory
          agent: {accelerator: hvf}                      | /agent/accelerator
          agent: {kubeletDir: var/lib/kubelet}           | /agent/kubeletDir
          agent: {advertise: Hostname}                   | /agent/advertise
          agent: {port: 70000}                           | /agent/port
          agent: {nodeLabels: {site: not a label}}       | /agent/nodeLabels/site
          agent: {updateStrategy: {type: Recreate}}      | /agent/updateStrategy/type
          agent: {token: {value: secret}}                | 'value'
          vms: {imagePullSecrets: [{name: registry}]}    | /vms/imagePullSecrets/0
          networkPolicy: {apiServerPorts: []}            | /networkPolicy/apiServerPorts
          imagePullSecrets: [registry]                   | /imagePullSecrets/0
          serviceMonitor: {interval: often}              | /serviceMonitor/interval
          """)
  void wrongOnesAreRefusedByName(String values, String field) {
    assertThatThrownBy(() -> new Chart(scratch).text(values)).hasMessageContaining(field);
  }

  @Test
  void everyDefaultIsInTheSchemaAndTheOtherWayRound() throws IOException {
    JsonNode defaults = new YAMLMapper().readTree(Chart.FOLDER.resolve("values.yaml").toFile());
    JsonNode schema =
        new ObjectMapper().readTree(Chart.FOLDER.resolve("values.schema.json").toFile());
    Set<String> known = fields(schema, "");
    // Helm's own, what only a RollingUpdate has, and what few containers have.
    known.removeIf(it -> it.matches("/global|/agent/updateStrategy/rollingUpdate.*|.*/claims"));

    assertThat(known).isEqualTo(paths(defaults, schema, ""));
  }

  private static Set<String> fields(JsonNode schema, String path) {
    Set<String> all = new TreeSet<>();
    schema
        .path("properties")
        .properties()
        .forEach(it -> {
          all.add(path + "/" + it.getKey());
          all.addAll(fields(it.getValue(), path + "/" + it.getKey()));
        });
    return all;
  }

  /** Those of the defaults, as deep as the schema names fields. */
  private static Set<String> paths(JsonNode values, JsonNode schema, String path) {
    Set<String> all = new TreeSet<>();
    if (schema.has("properties")) {
      values
          .properties()
          .forEach(it -> {
            String name = path + "/" + it.getKey();
            all.add(name);
            all.addAll(paths(it.getValue(), schema.path("properties").path(it.getKey()), name));
          });
    }
    return all;
  }
}
