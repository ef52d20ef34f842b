package org.continuo.bridge.panel;

/**
 * A whole request that may be answered.
 *
 * @param path as it was sent, nothing decoded, without a query
 * @param ifNoneMatch the tag of what the browser has already; null for none
 * @param body empty where there is none
 */
record Request(String path, String ifNoneMatch, byte[] body) {}
