@NullMarked
package io.triport.manager.cloudflare;

import org.jspecify.annotations.NullMarked;
