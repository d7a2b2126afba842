/** What the operator says of itself over HTTP: whether it is well, and its metrics. */
@NullMarked
package io.cloudlet.operator.health;

import org.jspecify.annotations.NullMarked;
