/** Where a VM goes: what it needs, what nodes have, which filter refuses which node. */
@NullMarked
package io.cloudlet.operator.placement;

import org.jspecify.annotations.NullMarked;
