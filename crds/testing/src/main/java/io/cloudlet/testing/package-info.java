/** What the tests of several modules ask of a real API server: who may do what, and who does it. */
@NullMarked
package io.cloudlet.testing;

import org.jspecify.annotations.NullMarked;
