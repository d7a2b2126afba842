package io.cloudlet.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node shall do. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CloudletNodeSpec(
    @JsonPropertyDescription(
            "Whether no new VM shall be placed here; those that run stay. For people to set.")
        @Default("false")
        @Nullable Boolean unschedulable,
    @JsonPropertyDescription(
            "Base VMs that the node shall hold; the operator writes this. Others may be evicted.")
        @Size(max = 1000)
        List<WantedBase> bases,
    @JsonPropertyDescription(
            "Digests of base VMs and overlays that no object names any more; the operator writes"
                + " this. The agent removes what it has brought here of them, once no VM uses it.")
        @Size(max = 1000)
        List<@Size(max = Checks.DIGEST_LENGTH) String> discard) {
  /** Takes copies of the lists; a missing one is empty. */
  public CloudletNodeSpec {
    bases = Copies.of(bases);
    discard = Copies.of(discard);
  }
}
