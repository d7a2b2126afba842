/** Debian guests for the demonstration, the tests and the benchmark, built from packages. */
@NullMarked
package io.cloudlet.sidecar.guest;

import org.jspecify.annotations.NullMarked;
