package io.cloudlet.sidecar.device;

import java.time.Duration;

/**
 * When a plugin does what.
 *
 * @param look between two looks at KVM and at the kubelet
 * @param retry after a failure
 * @param answer how long the kubelet may take for an answer
 * @param forgotten how long it may leave a plugin unwatched that it knows
 */
record PluginTimes(Duration look, Duration retry, Duration answer, Duration forgotten) {
  static final PluginTimes USUAL =
      new PluginTimes(
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));
}
