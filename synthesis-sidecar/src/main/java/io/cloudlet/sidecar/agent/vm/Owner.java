package io.cloudlet.sidecar.agent.vm;

import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.words.VmNames;
import io.cloudlet.sidecar.node.VmName;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Synthesis that a VM belongs to.
 *
 * @param uid tells it from another one of that name
 */
public record Owner(String namespace, String name, String uid) {
  private static final String KIND = "synthesis";

  /** The owner of the VM of a Synthesis. */
  public static Owner of(Synthesis synthesis) {
    return new Owner(
        synthesis.getMetadata().getNamespace(),
        synthesis.getMetadata().getName(),
        synthesis.getMetadata().getUid());
  }

  /** Reads what {@link #toString} wrote; empty for what others wrote, or nobody. */
  public static Optional<Owner> parse(@Nullable String text) {
    String[] parts = text == null ? new String[0] : text.split("/", -1);
    return parts.length == 4 && parts[0].equals(KIND)
        ? Optional.of(new Owner(parts[1], parts[2], parts[3]))
        : Optional.empty();
  }

  /** What its VM is called: its own name for people, and enough of its uid to be the only one. */
  public VmName vmName() {
    return new VmName(VmNames.of(name, uid));
  }

  /** What needs a VM for itself is called so among the resources of jobs. */
  public static String resource(VmName vm) {
    return "vm/" + vm;
  }

  /** {@code synthesis/NAMESPACE/NAME/UID}. */
  @Override
  public String toString() {
    return String.join("/", KIND, namespace, name, uid);
  }
}
