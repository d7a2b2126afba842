package io.cloudlet.operator.status;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.function.Supplier;

/** Names that this operator goes by, and the form of what it applies. */
public final class Own {
  /** Who applies, for server-side apply. */
  public static final String FIELD_MANAGER = "cloudlet-operator";

  /** Holds an object until nothing needs it and its agent is done. */
  public static final String FINALIZER = "cloudlet.io/operator";

  /** The agent's. */
  public static final String AGENT_FINALIZER = "cloudlet.io/agent";

  /** Who reports, in events. */
  public static final String CONTROLLER = "cloudlet.io/operator";

  private Own() {}

  /**
   * An object with nothing but what names it, so that nothing else is applied. With its uid, so
   * that a namesake that was made meanwhile is left alone.
   */
  public static <C extends CustomResource<?, ?>> C patch(HasMetadata of, Supplier<C> create) {
    C patch = create.get();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withName(of.getMetadata().getName())
            .withNamespace(of.getMetadata().getNamespace())
            .withUid(of.getMetadata().getUid())
            .build());
    return patch;
  }
}
