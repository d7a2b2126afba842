/** What the agent has to know again after its restart and the engine does not keep. */
@NullMarked
package io.cloudlet.sidecar.agent.fact;

import org.jspecify.annotations.NullMarked;
