/**
 * How an app comes up, follows its configuration and goes down, alike for all apps. Start reading at {@link
 * io.triport.identity.launch.Launch}; an app gives an {@link io.triport.identity.launch.App}.
 */
@NullMarked
package io.triport.identity.launch;

import org.jspecify.annotations.NullMarked;
