/** What the API server says now: one cache per kind, its indexes, and who is told of a change. */
@NullMarked
package io.cloudlet.operator.cluster;

import org.jspecify.annotations.NullMarked;
