/** What was made for objects that are gone, or are another node's now. */
@NullMarked
package io.cloudlet.sidecar.agent.orphan;

import org.jspecify.annotations.NullMarked;
