/** Starts the VM of a Synthesis, and reports what has become of it. */
@NullMarked
package io.cloudlet.sidecar.agent.synthesis;

import org.jspecify.annotations.NullMarked;
