/** The VMs of this node as the agent sees them: whose they are, whether they live and answer. */
@NullMarked
package io.cloudlet.sidecar.agent.vm;

import org.jspecify.annotations.NullMarked;
