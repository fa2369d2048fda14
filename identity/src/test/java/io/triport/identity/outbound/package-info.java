@NullMarked
package io.triport.identity.outbound;

import org.jspecify.annotations.NullMarked;
