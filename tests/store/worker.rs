//! The thread that owns the connection.

use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use aftercare::desk::change::Act;
use aftercare::desk::field::Field;
use aftercare::store::thread::Check;
use aftercare::store::{Answer, CheckFault, CommitFault, Reply, Request, Store, Token, Worker};

use crate::support::{Desk, projection, text};

type Why = &'static str;

const LONG: Duration = Duration::from_secs(20);

fn worker(desk: &Desk) -> (Worker<Why>, Receiver<Reply<Why>>) {
    let store = Store::open(&desk.path(), projection()).unwrap();
    let (sender, replies) = channel();
    let worker = Worker::spawn(store, move |reply| {
        let _ = sender.send(reply);
    });
    (worker.unwrap(), replies)
}

fn free() -> Check<Why> {
    Box::new(|_| Ok(()))
}

#[test]
fn a_request_is_answered_under_its_token() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "王小明")]);
    let (worker, replies) = worker(&desk);
    let board = worker.ask(Request::Board).unwrap();
    let file = worker.ask(Request::Case(case)).unwrap();
    let reply = replies.recv_timeout(LONG).unwrap();
    assert_eq!(reply.token, board);
    assert!(matches!(reply.answer, Answer::Rows(rows) if rows.len() == 1));
    let reply = replies.recv_timeout(LONG).unwrap();
    assert_eq!(reply.token, file);
    assert!(matches!(reply.answer, Answer::Case(Some(file)) if file.record.id() == case));
}

#[test]
fn a_search_that_a_newer_one_overtook_is_left_out() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "王小明")]);
    let (worker, replies) = worker(&desk);
    // The thread is held up in a check while somebody types on.
    let (go, held) = channel::<()>();
    let batch = desk.batch(
        Act::Edit,
        vec![desk.planned(case, Field::Model, text("CK-80"))],
    );
    let check: Check<Why> = Box::new(move |_| {
        held.recv()
            .map_err(|_| CheckFault::Refused("nobody let go"))
    });
    let commit = worker.ask(Request::Commit { batch, check }).unwrap();
    let search = |text: &str| Request::Search {
        text: text.to_string(),
        limit: 5,
    };
    worker.ask(search("王")).unwrap();
    worker.ask(search("王小")).unwrap();
    let last = worker.ask(search("王小明")).unwrap();
    go.send(()).unwrap();
    let tokens: Vec<Token> = (0..2)
        .map(|_| replies.recv_timeout(LONG).unwrap().token)
        .collect();
    assert_eq!(tokens, [commit, last]);
    drop(worker);
    assert!(replies.try_recv().is_err());
}

#[test]
fn what_was_asked_to_be_saved_is_saved_when_the_thread_is_dropped() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "Ann")]);
    let (worker, _replies) = worker(&desk);
    let mut planned = desk.planned(case, Field::Findings, text(""));
    for count in 0..100 {
        planned.entry = text(&count.to_string());
        let batch = desk.batch(Act::Edit, vec![planned.clone()]);
        worker
            .ask(Request::Commit {
                batch,
                check: free(),
            })
            .unwrap();
        planned.base = count + 2;
    }
    drop(worker);
    let record = desk.store.view().record(case).unwrap().unwrap();
    assert_eq!(
        (record.changes().len(), record.text(Field::Findings)),
        (101, Some("99"))
    );
}

#[test]
fn what_others_change_is_told_unasked() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "Ann")]);
    let (_worker, replies) = worker(&desk);
    desk.set(case, Field::Caller, text("Anne")).unwrap();
    let reply = replies.recv_timeout(LONG).unwrap();
    assert_eq!(reply.token, Token::UNASKED);
    let Answer::News(news) = reply.answer else {
        panic!("{reply:?}");
    };
    assert_eq!(
        news.changes
            .iter()
            .map(|change| &change.entry)
            .collect::<Vec<_>>(),
        [&text("Anne")]
    );
    assert_eq!(news.rows[0].caller.as_deref(), Some("Anne"));
}

#[test]
fn others_changes_are_told_before_the_commit_that_came_after_them() {
    for base in [1, 0] {
        let mut desk = Desk::new();
        let case = desk.case(&[(Field::Caller, "Ann")]);
        let (worker, replies) = worker(&desk);
        // So close that the thread had no time to look by itself, most of the time.
        worker.ask(Request::Board).unwrap();
        replies.recv_timeout(LONG).unwrap();
        desk.set(case, Field::Model, text("CK-80")).unwrap();
        let mut planned = desk.planned(case, Field::Caller, text("Anne"));
        planned.base = base;
        let batch = desk.batch(Act::Edit, vec![planned]);
        let token = worker
            .ask(Request::Commit {
                batch,
                check: free(),
            })
            .unwrap();
        let news = replies.recv_timeout(LONG).unwrap();
        assert!(
            matches!(&news.answer, Answer::News(news) if news.changes.len() == 1),
            "{news:?}"
        );
        let reply = replies.recv_timeout(LONG).unwrap();
        assert_eq!(reply.token, token);
        match reply.answer {
            Answer::Committed(Ok(committed)) => {
                assert_eq!((base, committed.changes[0].seq), (1, 3));
            }
            Answer::Committed(Err(CommitFault::Stale(conflicts))) => {
                assert_eq!((base, conflicts.len()), (0, 1));
            }
            other => panic!("{other:?}"),
        }
        drop(worker);
        assert!(replies.try_recv().is_err(), "told twice");
    }
}

#[test]
fn a_closed_gate_is_answered_with_its_reason() {
    let mut desk = Desk::new();
    let case = desk.case(&[(Field::Caller, "Ann")]);
    let batch = desk.batch(
        Act::Edit,
        vec![desk.planned(case, Field::Model, text("CK-80"))],
    );
    let (worker, replies) = worker(&desk);
    let check: Check<Why> = Box::new(|_| Err(CheckFault::Refused("IV.4")));
    worker.ask(Request::Commit { batch, check }).unwrap();
    let reply = replies.recv_timeout(LONG).unwrap();
    assert_eq!(
        reply.answer,
        Answer::Committed(Err(CommitFault::Refused("IV.4")))
    );
    let store = worker.stop().unwrap();
    assert_eq!(
        store.view().record(case).unwrap().unwrap().changes().len(),
        1
    );
}
