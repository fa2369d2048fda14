@NullMarked
package io.triport.manager.cloudflare.ai;

import org.jspecify.annotations.NullMarked;
