/**
 * What this machine holds of bases and overlays for itself and for others: how base VMs come here,
 * their packages, and what goes when there is no room.
 */
@NullMarked
package io.cloudlet.sidecar.agent.cache;

import org.jspecify.annotations.NullMarked;
