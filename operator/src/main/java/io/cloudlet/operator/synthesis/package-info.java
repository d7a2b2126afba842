/** From a Synthesis to a node, and to the Service in front of its VM. */
@NullMarked
package io.cloudlet.operator.synthesis;

import org.jspecify.annotations.NullMarked;
