/** What this node is and has, for all to read. */
@NullMarked
package io.cloudlet.sidecar.agent.node;

import org.jspecify.annotations.NullMarked;
