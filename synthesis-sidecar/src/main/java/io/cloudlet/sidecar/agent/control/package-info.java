/** What all controllers of the agent have in common. */
@NullMarked
package io.cloudlet.sidecar.agent.control;

import org.jspecify.annotations.NullMarked;
