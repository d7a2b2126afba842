package io.cloudlet.sidecar.agent.control;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.ResolvedControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.FieldSelectorBuilder;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which objects a controller of an agent sees: the API server itself keeps all others from it, so
 * that a thousand agents do not each hear of everything.
 *
 * @param service of the agent's controllers
 * @param node the agent's
 */
public record ControllerSettings(ConfigurationService service, String node) {
  /** Who writes, as the API server's record of field owners has it. */
  public static final String FIELD_MANAGER = "cloudlet-agent";

  /** Keeps an object until the agent has ended what it has made for it. */
  public static final String FINALIZER = "cloudlet.io/agent";

  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);

  /**
   * For a controller whose objects tell by {@code status.node} whose they are.
   *
   * @param inputs what others write into the status for the agent to read: the object is looked at
   *     again when it has changed, and not for what the agent itself writes
   */
  public <S, P extends CustomResource<?, S>> ControllerConfiguration<P> placed(
      Class<P> type, Reconciler<P> reconciler, Function<@Nullable S, Object> inputs) {
    OnUpdateFilter<P> filter = (now, before) -> isNews(now, before, inputs);
    return configuration(type, reconciler, "status.node", filter);
  }

  /** For the controller of an object that is named like the node. */
  public <P extends HasMetadata> ControllerConfiguration<P> named(
      Class<P> type, Reconciler<P> reconciler) {
    OnUpdateFilter<P> filter =
        (now, before) -> !Objects.equals(generation(now), generation(before));
    return configuration(type, reconciler, "metadata.name", filter);
  }

  private <P extends HasMetadata> ControllerConfiguration<P> configuration(
      Class<P> type, Reconciler<P> reconciler, String field, OnUpdateFilter<P> filter) {
    InformerConfiguration<P> informer =
        InformerConfiguration.builder(type)
            .withWatchAllNamespaces()
            .withFieldSelector(new FieldSelectorBuilder().withField(field, node).build())
            .withOnUpdateFilter(filter)
            .buildForController();
    return new ResolvedControllerConfiguration<>(
        type.getSimpleName().toLowerCase(Locale.ROOT),
        false,
        reconciler.getClass().getName(),
        retry(),
        ControllerConfiguration.DEFAULT_RATE_LIMITER,
        null,
        FINALIZER,
        Map.of(),
        FIELD_MANAGER,
        service,
        informer,
        false,
        null);
  }

  /**
   * Exponential, for as long as it takes: errors that get there are the API server's or a disk's.
   */
  private static GenericRetry retry() {
    return new GenericRetry()
        .withoutMaxAttempts()
        .setInitialInterval(FIRST_RETRY.toMillis())
        .setIntervalMultiplier(2)
        .setMaxInterval(LONGEST_RETRY.toMillis());
  }

  private static <S, P extends CustomResource<?, S>> boolean isNews(
      P now, P before, Function<@Nullable S, Object> inputs) {
    return !Objects.equals(generation(now), generation(before))
        || now.isMarkedForDeletion() != before.isMarkedForDeletion()
        || !finalizers(now).equals(finalizers(before))
        || !inputs.apply(now.getStatus()).equals(inputs.apply(before.getStatus()));
  }

  private static @Nullable Long generation(HasMetadata object) {
    return object.getMetadata().getGeneration();
  }

  private static Object finalizers(HasMetadata object) {
    return object.getMetadata().getFinalizers();
  }
}
