/** Tests of the edge, from the single byte to hostile clients at a real server. Start reading at {@code HostileClientTest}. */
@NullMarked
package io.triport.identity.edge;

import org.jspecify.annotations.NullMarked;
