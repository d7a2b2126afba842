package io.cloudlet.sidecar.agent.node;

import io.cloudlet.api.v1alpha1.CloudletNodeStatusBuilder;
import java.io.IOException;

/** A part of what a node has. Thread-safe. */
@FunctionalInterface
public interface NodeInventory {
  /** Adds it to the node's status. Takes moments. */
  void addTo(CloudletNodeStatusBuilder status) throws IOException;
}
