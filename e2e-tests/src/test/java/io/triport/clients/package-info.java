/** The apps as clients see them that nobody changed. Start reading at {@link io.triport.clients.ClientsTest}. */
@NullMarked
package io.triport.clients;

import org.jspecify.annotations.NullMarked;
