@NullMarked
package io.triport.objects.quota;

import org.jspecify.annotations.NullMarked;
