/** Tests of the path of a request, with hostile clients at a real server. Start reading at {@code HostileClientTest}. */
@NullMarked
package io.triport.identity.edge;

import org.jspecify.annotations.NullMarked;
