/** Tests of the object proxy over real sockets; start reading at {@link io.triport.objects.ProxyUnderTest}. */
@NullMarked
package io.triport.objects;

import org.jspecify.annotations.NullMarked;
