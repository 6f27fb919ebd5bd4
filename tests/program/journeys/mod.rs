//! Journeys by keys through the real program in a real pseudo-terminal at 80x24: what the screen
//! says, what a second process reads from the file, and how many keys it took.

mod callers;
mod file;
pub mod player;
pub mod ways;

use player::Player;

/// One test for each way.
macro_rules! journeys {
    ($($name:ident = $way:ident;)*) => {$(
        #[test]
        fn $name() {
            need_pty!();
            ways::$way(&mut Player::new());
        }
    )*};
}

journeys! {
    an_unwanted_product_asked_to_be_returned_on_day_7_is_taken_back = return_on_day_7;
    a_return_asked_for_on_day_8_is_refused = return_on_day_8;
    a_refused_return_goes_on_as_a_warranty_repair = refused_return_goes_on_as_a_repair;
    a_warranty_repair_is_free_of_charge = free_repair;
    a_paid_repair_starts_60_days = paid_repair_and_its_60_days;
    a_deposit_and_too_much_are_noted_and_given_back = money_both_ways;
    a_declined_quote_goes_back_unrepaired = quote_declined;
    no_fault_found_costs_nothing = no_fault_found;
    a_call_solved_by_phone_takes_no_number = solved_by_phone;
    a_software_upgrade_is_at_the_customers_freight = software_upgrade;
    one_parcel_holds_three_cases_of_a_dealer = one_parcel_with_three_cases;
    an_unannounced_parcel_gets_a_case_under_its_bag_label = unannounced_parcel;
    two_cases_of_one_unit_are_joined_and_taken_apart = two_cases_of_one_unit;
    goods_under_the_wrong_case_go_to_theirs = goods_of_another_case;
    a_proof_that_hurts_is_granted_away_by_a_supervisor = proof_that_hurts;
    a_unit_received_under_another_spelling_is_the_one_announced = received_under_another_spelling;
    another_unit_in_the_box_is_decided_before_the_test = another_unit_in_the_box;
    a_serial_number_of_digits_only_opens_its_case = a_serial_number_of_digits_only;
    a_replaced_unit_is_found_by_both_numbers = replaced_and_found_by_both_numbers;
}

#[test]
fn a_desk_works_in_chinese() {
    need_pty!();
    ways::repair_in_chinese(&mut Player::new().in_chinese());
}
