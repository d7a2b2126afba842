package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which node may run a VM; without this, any that has the base VM or room for it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!(has(self.nodeName) && has(self.nodeSelector))",
    message =
        "nodeName and nodeSelector exclude each other: a node that is named needs no selection")
public record Placement(
    @JsonPropertyDescription("This node and no other.")
        @Size(min = 1, max = 253)
        @ValidationRule(value = Checks.OBJECT_NAME, message = Checks.OBJECT_NAME_MESSAGE)
        @Nullable String nodeName,
    @JsonPropertyDescription("Nodes that have all of these labels.") @Size(max = 32)
        Map<String, @Size(max = 63) String> nodeSelector) {
  /** Takes a copy of the map; a missing one is empty. */
  public Placement {
    nodeSelector = Copies.of(nodeSelector);
  }
}
