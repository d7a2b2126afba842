package io.cloudlet.api.events;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventSeriesBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events about objects. The same event again counts up the first one, as a series.
 *
 * <p>Events are for people: one that cannot be written is logged, and nothing else happens.
 * Thread-safe.
 */
public final class EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

  /** What the API server accepts, in characters. */
  private static final int LONGEST_NOTE = 1024;

  private static final int LONGEST_NAME = 253;

  /** The form of Kubernetes' MicroTime: always six digits. */
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final String controller;
  private final String instance;

  /**
   * A recorder.
   *
   * @param client stays the caller's
   * @param controller who reports, such as {@code cloudlet.io/operator}
   * @param instance which one of them, such as a pod's or node's name
   */
  public EventRecorder(KubernetesClient client, String controller, String instance) {
    this.client = client;
    this.controller = controller;
    this.instance = instance;
  }

  /** Tells that something went as it should; parameters as of {@link #warning}. */
  public void normal(HasMetadata about, String reason, String action, String note) {
    record(about, "Normal", reason, action, note);
  }

  /**
   * Tells that something went wrong.
   *
   * @param about whose event it is
   * @param reason one word in CamelCase
   * @param action what was being done, one word in CamelCase
   * @param note a sentence; cut at 1024 characters
   */
  public void warning(HasMetadata about, String reason, String action, String note) {
    record(about, "Warning", reason, action, note);
  }

  private void record(HasMetadata about, String type, String reason, String action, String note) {
    Event event = event(about, type, reason, action, note);
    try {
      createOrCount(event);
    } catch (KubernetesClientException e) {
      LOG.atWarn()
          .setCause(e)
          .addArgument(reason)
          .addArgument(about.getMetadata().getName())
          .log("event {} about {} could not be written");
    }
  }

  private void createOrCount(Event event) {
    var events = client.events().v1().events().inNamespace(event.getMetadata().getNamespace());
    try {
      events.resource(event).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      events.withName(event.getMetadata().getName()).edit(EventRecorder::again);
    }
  }

  private static Event again(Event event) {
    int count = event.getSeries() == null ? 1 : event.getSeries().getCount();
    return new EventBuilder(event)
        .withSeries(
            new EventSeriesBuilder().withCount(count + 1).withLastObservedTime(now()).build())
        .build();
  }

  private Event event(HasMetadata about, String type, String reason, String action, String note) {
    ObjectReference regarding = reference(about);
    String namespace = Objects.requireNonNullElse(regarding.getNamespace(), "default");
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(nameOf(about, reason + '\n' + note))
        .endMetadata()
        .withEventTime(now())
        .withType(type)
        .withReason(reason)
        .withAction(action)
        .withNote(note.substring(0, Math.min(note.length(), LONGEST_NOTE)))
        .withRegarding(regarding)
        .withReportingController(controller)
        .withReportingInstance(instance)
        .build();
  }

  private static ObjectReference reference(HasMetadata about) {
    return new ObjectReferenceBuilder()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(about.getMetadata().getNamespace())
        .withName(about.getMetadata().getName())
        .withUid(about.getMetadata().getUid())
        .withResourceVersion(about.getMetadata().getResourceVersion())
        .build();
  }

  /** The same for the same event of the same object, so that it is counted and not repeated. */
  private static String nameOf(HasMetadata about, String what) {
    String identity = about.getMetadata().getUid() + '\n' + what;
    UUID hash = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
    String suffix = "." + Long.toHexString(hash.getMostSignificantBits());
    String name = about.getMetadata().getName();
    return name.substring(0, Math.min(name.length(), LONGEST_NAME - suffix.length())) + suffix;
  }

  private static MicroTime now() {
    return new MicroTime(MICROS.format(Instant.now()));
  }
}
