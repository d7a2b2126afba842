/** Finds changed pages, deduplicates, groups and compresses them: capture's pipeline. */
@NullMarked
package io.cloudlet.sidecar.delta;

import org.jspecify.annotations.NullMarked;
