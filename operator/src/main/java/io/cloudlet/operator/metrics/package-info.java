/** What is counted and measured, with few labels: never the name of an object. */
@NullMarked
package io.cloudlet.operator.metrics;

import org.jspecify.annotations.NullMarked;
