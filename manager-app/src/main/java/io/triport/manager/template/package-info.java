/**
 * Templates: the keys that a namespace begins with, and the rules that watch it. Start reading at {@link
 * io.triport.manager.template.Templates}.
 */
@NullMarked
package io.triport.manager.template;

import org.jspecify.annotations.NullMarked;
