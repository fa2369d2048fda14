/**
 * How people begin and end a session of our own, and learn who they are here. Start reading at {@link
 * io.triport.manager.signin.SignInRoutes}.
 */
@NullMarked
package io.triport.manager.signin;

import org.jspecify.annotations.NullMarked;
