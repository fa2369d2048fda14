/**
 * Links that let their holder do one thing, such as confirming an address, without logging in. Start reading at {@link
 * io.triport.identity.urltoken.UrlTokenMechanism}; links are made by {@link io.triport.identity.urltoken.UrlTokens}.
 */
@NullMarked
package io.triport.identity.urltoken;

import org.jspecify.annotations.NullMarked;
