/** How operator and agents say things to people, so that both say them alike. */
@NullMarked
package io.cloudlet.api.words;

import org.jspecify.annotations.NullMarked;
