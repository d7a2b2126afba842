/** The whole of Cloudlet: operator and agents as processes of their own, over a real API server. */
@NullMarked
package io.cloudlet.standalone.e2e;

import org.jspecify.annotations.NullMarked;
