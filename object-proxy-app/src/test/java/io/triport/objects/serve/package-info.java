/** Tests of how single requests are served. */
@NullMarked
package io.triport.objects.serve;

import org.jspecify.annotations.NullMarked;
