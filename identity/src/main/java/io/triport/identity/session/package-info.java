/**
 * Browsers that logged in, remembered in a cookie that we sign and that no store has to know. Start reading at {@link
 * io.triport.identity.session.SessionMechanism}; cookies are made, renewed and ended by {@link
 * io.triport.identity.session.SessionCookies}.
 */
@NullMarked
package io.triport.identity.session;

import org.jspecify.annotations.NullMarked;
