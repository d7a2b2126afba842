package io.cloudlet.standalone.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** The health checks for Argo CD, run by a Lua. */
class ArgoHealthTest {
  private static final Path FILE = Path.of("..", "examples", "argocd", "argocd-cm.yaml");
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final String PREFIX = "resource.customizations.health.cloudlet.io_";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                        | Progressing
          {status: {}}                                                              | Progressing
          {status: {phase: Pending, conditions: []}}                                | Progressing
          {status: {phase: Ready, conditions: [{type: Other, status: 'True'}]}}     | Progressing
          {status: {phase: Booting, conditions: [{type: Ready, status: 'False', reason: Booting, message: m}]}} | Progressing
          {status: {phase: Ready, conditions: [{type: Ready, status: 'True', observedGeneration: 2, message: m}]}} | Healthy
          {status: {phase: Ready, conditions: [{type: Ready, status: 'True', observedGeneration: 1, message: m}]}} | Progressing
          {status: {phase: Failed, conditions: [{type: Ready, status: 'False', observedGeneration: 2, message: m}]}} | Degraded
          {status: {phase: Ready, conditions: [{type: Ready, status: Unknown, reason: NodeLost, message: m}]}} | Degraded
          {status: {phase: Stopped, conditions: [{type: Ready, status: 'False', reason: Stopped, message: m}]}} | Suspended
          {deleted: true, status: {phase: Ready, conditions: [{type: Ready, status: 'True', message: m}]}} | Progressing
          """)
  void saysHowAnObjectIs(String object, String status) throws IOException {
    assertThat(scripts())
        .hasSize(3)
        .allSatisfy((kind, script) -> {
          LuaTable health = run(script, object);
          assertThat(health.get("status").tojstring()).as(kind).isEqualTo(status);
          assertThat(health.get("message").isstring()).isTrue();
        });
  }

  @Test
  void passesOnWhatTheConditionSays() throws IOException {
    String failed =
        "{status: {phase: Failed, conditions: [{type: Ready, status: 'False', message: no room}]}}";

    assertThat(scripts().values())
        .allSatisfy(
            it -> assertThat(run(it, failed).get("message").tojstring()).isEqualTo("no room"));
  }

  @Test
  void coversTheKindsThatPeopleMake() throws IOException {
    assertThat(scripts())
        .containsOnlyKeys(PREFIX + "BaseVM", PREFIX + "VMOverlay", PREFIX + "Synthesis");
  }

  private static Map<String, String> scripts() throws IOException {
    return YAML.unmarshal(Files.readString(FILE), ConfigMap.class).getData();
  }

  private static LuaTable run(String script, String object) {
    JsonNode described = YAML.unmarshal("---\n" + object, JsonNode.class);
    LuaTable metadata = new LuaTable();
    metadata.set("generation", 2);
    if (described.has("deleted")) {
      metadata.set("deletionTimestamp", "2026-11-01T00:00:00Z");
    }
    LuaTable table = lua(described).checktable();
    table.set("metadata", metadata);
    Globals globals = JsePlatform.standardGlobals();
    globals.set("obj", table);
    return globals.load(script).call().checktable();
  }

  private static LuaValue lua(JsonNode node) {
    if (node.isObject()) {
      LuaTable table = new LuaTable();
      node.properties().forEach(it -> table.set(it.getKey(), lua(it.getValue())));
      return table;
    }
    if (node.isArray()) {
      LuaTable table = new LuaTable();
      node.forEach(it -> table.set(table.length() + 1, lua(it)));
      return table;
    }
    return node.isNumber() ? LuaValue.valueOf(node.asInt()) : LuaValue.valueOf(node.asText());
  }
}
