package io.cloudlet.operator.pod;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What this operator notes on a pod, to know later what it was made as: the API server fills in so
 * much that a specification cannot be compared with what was sent.
 */
final class PodNotes {
  private static final String NODE = "cloudlet.io/node";
  private static final String TEMPLATE = "cloudlet.io/template";
  private static final int DIGITS = 16;
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private PodNotes() {}

  static void write(ObjectMeta metadata, PodPlan plan, PodSpec spec) {
    metadata.setAnnotations(Map.of(NODE, plan.node(), TEMPLATE, digest(spec)));
  }

  /** The node that a pod was made for. */
  static @Nullable String node(HasMetadata pod) {
    return pod.getMetadata().getAnnotations().get(NODE);
  }

  /** Whether a pod was made for the node that another one would be made for. */
  static boolean sameNode(HasMetadata pod, HasMetadata other) {
    return same(NODE, pod, other);
  }

  /** Whether a pod was made as another one would be made. */
  static boolean sameTemplate(HasMetadata pod, HasMetadata other) {
    return same(TEMPLATE, pod, other);
  }

  private static boolean same(String note, HasMetadata pod, HasMetadata other) {
    return Objects.equals(
        pod.getMetadata().getAnnotations().get(note),
        other.getMetadata().getAnnotations().get(note));
  }

  private static String digest(PodSpec spec) {
    try {
      byte[] text = JSON.asJson(spec).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
