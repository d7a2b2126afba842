package io.cloudlet.operator.synthesis;

import io.cloudlet.api.v1alpha1.Address;
import io.cloudlet.api.v1alpha1.ServicePort;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be reached of a VM from other machines, and under which names. */
final class Exposure {
  /** The label by which this operator finds its own Services again, and its value. */
  static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  static final String OWN_SELECTOR = MANAGED_BY + "=" + "cloudlet-operator";

  /** EndpointSlices take addresses of IP alone, and a loopback address leads elsewhere. */
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}([.][0-9]{1,3}){3}");

  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private Exposure() {}

  static ObjectMeta metadata(Synthesis synthesis, Map<String, String> labels) {
    return new ObjectMetaBuilder()
        .withName(synthesis.getMetadata().getName())
        .withNamespace(synthesis.getMetadata().getNamespace())
        .addToLabels(MANAGED_BY, "cloudlet-operator")
        .addToLabels(labels)
        .build();
  }

  static List<ServicePort> ports(Synthesis synthesis) {
    return synthesis.getSpec().ports();
  }

  /** Whether the VM is a pod, to which a Service leads by itself. */
  static boolean isPod(Synthesis synthesis) {
    return SynthesisStatuses.of(synthesis).pod() != null;
  }

  /** The host that other machines reach, if there is one. */
  static Optional<String> host(Synthesis synthesis) {
    return SynthesisStatuses.of(synthesis).addresses().stream()
        .map(Address::host)
        .filter(Exposure::isReachable)
        .findFirst();
  }

  /** Where a port of the guest is reached on a host. */
  static @Nullable Integer portAt(Synthesis synthesis, String host, int guest) {
    return SynthesisStatuses.of(synthesis).addresses().stream()
        .filter(it -> it.guest() == guest && Objects.equals(it.host(), host))
        .map(Address::port)
        .findFirst()
        .orElse(null);
  }

  static String addressType(String host) {
    return IPV4.matcher(host).matches() ? "IPv4" : "IPv6";
  }

  private static boolean isReachable(String host) {
    boolean ipv4 = IPV4.matcher(host).matches() && !host.startsWith("127.");
    boolean ipv6 = IPV6.matcher(host).matches() && !host.equals("::1");
    return (ipv4 || ipv6) && !host.equals("0.0.0.0") && !host.equals("::");
  }
}
