//! Records and searches for other programs: schema.org by address, by `Accept` and in pages; Atom.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

mod common;

use common::*;
use reqwest::blocking::Response;
use serde_json::Value;

fn ok(response: Response, kind: &str) -> Response {
    assert_eq!((response.status().as_u16(), header(response.headers(), "content-type")), (200, kind), "{}", response.url());
    assert!(header(response.headers(), "etag").starts_with('"'));
    assert!(header(response.headers(), "cache-control").starts_with("public, max-age=60"));
    response
}

fn linked_data(node: &Node, path: &str) -> Value {
    ok(node.get(path).send().unwrap(), "application/ld+json").json().unwrap()
}

/// The address in a `Link` header.
fn next(response: &Response) -> Option<String> {
    let link = header(response.headers(), "link");
    link.strip_suffix(">; rel=\"next\"").map(|link| link.trim_start_matches('<').to_owned())
}

#[test]
fn an_offer_comes_as_schema_org_by_address_and_by_accept() {
    let node = alone();
    let id = node.offer("Deutsch für den Beruf");
    let by_address = linked_data(&node, &format!("/offers/{id}.jsonld"));
    let course = &by_address["@graph"][0];
    assert_eq!((&course["@type"], &course["name"]), (&Value::from("Course"), &Value::from("Deutsch für den Beruf")));
    assert_eq!(course["@id"], format!("http://{}/de/angebote/{id}/deutsch-fuer-den-beruf", node.address));
    assert_eq!(by_address["@graph"][1]["@type"], "BreadcrumbList");
    assert!(course["mainEntityOfPage"]["copyrightNotice"].is_string(), "{course}");

    let accepted = node.get(&format!("/offers/{id}")).header("accept", "application/ld+json").send().unwrap();
    assert!(accepted.headers().get_all("vary").iter().any(|vary| vary.to_str().unwrap().contains("accept")));
    assert_eq!(ok(accepted, "application/ld+json").json::<Value>().unwrap(), by_address);
    let json = ok(node.get(&format!("/offers/{id}")).header("accept", "application/json, */*;q=0.1").send().unwrap(), "application/json");
    assert!(json.headers().get_all("vary").iter().any(|vary| vary == "accept"), "caches keep both apart");
    assert_eq!(json.json::<Value>().unwrap()["title"], "Deutsch für den Beruf");
    let english = linked_data(&node, &format!("/offers/{id}.jsonld?lang=en"));
    assert_eq!((&english["@graph"][0]["name"], &english["@graph"][0]["@id"]), (&Value::from("German for work"), &course["@id"]));
}

#[test]
fn the_page_says_the_same_as_the_api() {
    let node = alone();
    // The application may not be built into the server of the tests; then there are no pages.
    let id = node.offer("Töpfern am Abend");
    let page = node.client.get(node.url(&format!("/de/angebote/{id}/toepfern-am-abend"))).send().unwrap();
    if page.status() == 503 {
        println!("skipped: the application is not built in");
        return;
    }
    let html = page.text().unwrap();
    let blocks: Vec<Value> = html
        .split("<script type=\"application/ld+json\">")
        .skip(1)
        .map(|rest| serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap())
        .collect();
    let api = linked_data(&node, &format!("/offers/{id}.jsonld"));
    let mut course = blocks.iter().find(|block| block["@type"] == "Course").unwrap().clone();
    course.as_object_mut().unwrap().remove("@context").unwrap();
    let mut expected = api["@graph"][0].clone();
    // Only the name of the portal may differ between the two.
    for node in [&mut course, &mut expected] {
        node["mainEntityOfPage"]["isPartOf"]["name"] = Value::Null;
    }
    assert_eq!(course, expected);
    assert!(blocks.iter().any(|block| block["@type"] == "BreadcrumbList"));
}

#[test]
fn organisations_and_places_come_as_schema_org() {
    let node = alone();
    let organization = node.json("/organizations")["data"][0]["id"].as_str().unwrap().to_owned();
    let told = linked_data(&node, &format!("/organizations/{organization}.jsonld"));
    assert_eq!((&told["@graph"][0]["@type"], &told["@graph"][1]["@type"]), (&Value::from("EducationalOrganization"), &Value::from("BreadcrumbList")));
    let accepted = node.get(&format!("/organizations/{organization}")).header("accept", "application/ld+json").send().unwrap();
    assert_eq!(accepted.json::<Value>().unwrap(), told);
    let offer = node.json(&format!("/offers/{}", node.offer("Bildungsberatung")));
    let place = linked_data(&node, &format!("/places/{}.jsonld", offer["place"]["id"].as_str().unwrap()));
    assert_eq!((&place["@type"], &place["@context"]), (&Value::from("Place"), &Value::from("https://schema.org")));
}

#[test]
fn what_is_known_already_is_not_sent_again_and_what_is_gone_is_gone() {
    let node = alone();
    let id = node.offer("Bildungsberatung");
    for path in [format!("/offers/{id}.jsonld"), "/offers.jsonld".to_owned(), "/offers.atom?q=deutsch".to_owned()] {
        let tag = header(node.get(&path).send().unwrap().headers(), "etag").to_owned();
        assert_eq!(node.get(&path).header("if-none-match", &tag).send().unwrap().status(), 304, "{path}");
    }
    let plain = header(node.get(&format!("/offers/{id}")).send().unwrap().headers(), "etag").to_owned();
    let linked = node.get(&format!("/offers/{id}")).header("accept", "application/ld+json").header("if-none-match", plain).send().unwrap();
    assert_eq!(linked.status(), 200, "another representation has another tag");
    node.import("{\"type\":\"delete\",\"kind\":\"offer\",\"externalId\":\"a-5\"}\n");
    problem(node.get(&format!("/offers/{id}.jsonld")).send().unwrap(), 410, "gone");
    problem(node.get("/offers/019ab1c2-0000-7000-8000-00000000dead.jsonld").send().unwrap(), 404, "not-found");
    problem(node.get("/offers/nonsense.jsonld").send().unwrap(), 404, "not-found");
    problem(node.get("/offers.jsonld?colour=red").send().unwrap(), 400, "parameter-unknown");
}

#[test]
fn a_search_as_schema_org_is_leafed_through_without_loss() {
    let node = alone();
    let mut names = Vec::new();
    let mut url = node.url("/api/v1/offers.jsonld?limit=2&sort=title");
    loop {
        let response = ok(node.client.get(&url).send().unwrap(), "application/ld+json");
        let next = next(&response);
        let page: Value = response.json().unwrap();
        assert_eq!((&page["@type"], &page["numberOfItems"]), (&Value::from("ItemList"), &Value::from(5)));
        names.extend(page["itemListElement"].as_array().unwrap().iter().map(|item| item["item"]["name"].as_str().unwrap().to_owned()));
        let Some(next) = next else { break };
        url = next;
    }
    assert_eq!(names, ["Bildungsberatung", "Deutsch für den Beruf", "Tag der offenen Tür", "Tastschreiben online", "Töpfern am Abend"]);
}

#[test]
fn a_search_is_a_feed() {
    let node = alone();
    let feed = |query: &str| ok(node.get(&format!("/offers.atom{query}")).send().unwrap(), "application/atom+xml; charset=utf-8").text().unwrap();
    let all = feed("");
    assert_eq!(all.matches("<entry ").count(), 5, "{all}");
    assert!(!all.contains("Englisch im Sommer"), "what is over has left the feed");
    assert!(all.contains("<link rel=\"license\"") || all.contains("<rights>"), "{all}");
    let found = feed("?q=deutsch&lang=en");
    assert!(found.contains("<title>German for work</title>") && found.contains("xml:lang=\"en\""), "{found}");
    let id = |feed: &str| feed.split("<id>").nth(1).unwrap().split("</id>").next().unwrap().to_owned();
    assert_eq!(id(&found), "tag:127.0.0.1,2026:angebote?q=deutsch");
    assert_eq!(id(&found), id(&feed("?limit=1&q=deutsch")), "the same search is the same feed");
    let first = feed("?limit=3");
    let link = first.split("<link rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let second = node.client.get(link).send().unwrap().text().unwrap();
    assert_eq!((first.matches("<entry ").count(), second.matches("<entry ").count()), (3, 2));
    assert!(!second.contains("rel=\"next\""));
    assert_eq!(feed("?q=gibtesnichtxyz").matches("<entry ").count(), 0);
}
