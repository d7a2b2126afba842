/** What people read under {@code kubectl describe}. */
@NullMarked
package io.cloudlet.api.events;

import org.jspecify.annotations.NullMarked;
